export {};
//# sourceMappingURL=record-scanner.js.map