import { type Image } from './image.ts';
/** What a .NET assembly says of itself (ECMA-335, partition II, 22 and 24). */
export type Assembly = {
    /** Null for a module that is no assembly. */
    readonly name: string | null;
    readonly version: string | null;
    /** Last eight bytes of the SHA-1 of the public key, backwards; null without a key. Anyone can write one. */
    readonly token: string | null;
    /** Assemblies that it refers to, by name. */
    readonly references: readonly string[];
    /** Does one of its classes implement System.Web.IHttpModule or IHttpHandler? */
    readonly module: boolean;
    readonly handler: boolean;
};
/** Null when the program is none of .NET. */
export declare function assemblyOf(image: Image): Assembly | null;
