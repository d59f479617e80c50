/**
 * Was all code of a page followed, and does it take nothing: no value of a request, of another server, of a database or of a
 * file, and starts or looks up nothing by a name that it puts together? Said of short, plain pages alone (a word for a
 * monitor, another address, the hour); of all others nothing is known. What stands in texts and comments counts as code,
 * since who hides code in them knows how.
 */
export declare function takesNothing(bytes: Uint8Array): boolean;
