/** `postern packs`: what Postern knows, whether it still works on this machine, and how it comes here. */
export declare function packsCommand(args: readonly string[]): Promise<number>;
