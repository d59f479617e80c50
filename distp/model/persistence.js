export {};
//# sourceMappingURL=persistence.js.map