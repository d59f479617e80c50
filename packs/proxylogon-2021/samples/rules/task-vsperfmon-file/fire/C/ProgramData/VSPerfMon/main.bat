rem placeholder
