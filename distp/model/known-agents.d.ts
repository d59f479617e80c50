/** Is an agent one of Exchange's own: its class, from its library, in its folder? `home` is the install folder where it is known. */
export declare function isKnownAgent(name: string, factory: string, assembly: string, home?: string | null): boolean;
