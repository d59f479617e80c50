/** Families of operating systems by which clients are distinguished, and `script` for libraries that no person works with. */
export declare const clientSystems: readonly ['', 'windows', 'apple', 'android', 'linux', 'chrome-os', 'script'];
export type ClientSystem = (typeof clientSystems)[number];
/**
 * The family of the system that a user agent or the name of a system says; empty where it says none. A phone or tablet of Apple may
 * call itself a Mac, so that these are one.
 */
export declare function systemOf(text: string): ClientSystem;
/** Can one device show itself as both? An Android device shows a desktop site as Linux. */
export declare function areDifferentSystems(one: string, other: string): boolean;
