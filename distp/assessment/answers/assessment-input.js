export {};
//# sourceMappingURL=assessment-input.js.map