export {};
//# sourceMappingURL=exposure.js.map