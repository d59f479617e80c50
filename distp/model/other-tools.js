export {};
//# sourceMappingURL=other-tools.js.map