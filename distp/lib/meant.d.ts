/** `; did you mean "iis-frontend"?`, where a known name is close to the given one; else nothing. */
export declare function meant(name: string, known: Iterable<string>): string;
/** The known name closest to a mistyped one; null where none is close. */
export declare function nearestName(name: string, known: Iterable<string>): string | null;
