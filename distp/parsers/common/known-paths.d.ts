/** Does a library lie where Windows, .NET, IIS or Exchange keep theirs? */
export declare function isKnownImage(image: string): boolean;
/**
 * Is this a module of Windows, .NET, IIS or Exchange, by its place and, where every program could put a library beside those of
 * the system, by its name?
 */
export declare function isKnownModule(image: string): boolean;
/**
 * The module of Microsoft whose name a library bears without being it: the same name in another place, or beside the
 * system’s own libraries a name with one letter more, less, changed or exchanged.
 */
export declare function resembledModule(image: string): string | null;
/** A class of Microsoft; one that is signed must be signed with a key of theirs. */
export declare function isKnownType(type: string): boolean;
/** An assembly of .NET or Microsoft, by its name and key. */
export declare function isKnownAssembly(name: string): boolean;
/** Is this a folder that IIS, Windows or Exchange serve pages from? */
export declare function isKnownRoot(folder: string): boolean;
/** Does a program lie where Windows, or what is installed, keeps its programs? A name without a folder does. */
export declare function isKnownProgram(command: string): boolean;
/** A path with backslashes, without the forms of a URL or a device. */
export declare function plainPath(path: string): string;
