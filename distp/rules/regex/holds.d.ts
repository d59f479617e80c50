/** Does one of some texts stand in a value? All are folded. */
export declare function holdsOneOf(value: string, texts: readonly string[]): boolean;
