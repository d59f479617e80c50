export {};
//# sourceMappingURL=log-type.js.map