export {};
//# sourceMappingURL=parser.js.map