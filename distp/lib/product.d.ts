/** The products as their maker names them. */
export declare function productWords(product: string): string;
