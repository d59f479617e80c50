/** Is it the library that a service of Windows has? Null where Windows has no such service, or none with a library. */
export declare function isLibraryOfWindows(service: string, library: string): boolean | null;
