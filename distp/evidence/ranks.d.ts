import type { ContainerMember } from './container.ts';
/**
 * What a web server would run is read as it stands, whatever its first bytes are: a page that begins like an archive is
 * still a page.
 */
export declare function isPagePath(path: string): boolean;
/**
 * Does a file without content tell something by its name: a page, a program, a script, a dump, a thing in a web root; or a log or a
 * hive, which was emptied?
 */
export declare function hasTellingName(path: string): boolean;
/** Was an archive in the folder of the evidence given with it, rather than found on the server? */
export declare function isGiven({ path, windowsPath }: ContainerMember): boolean;
/**
 * How close an archive lies to where an intruder writes: 0 where its place is not known, 1 on the server, 2 in web roots,
 * temporary folders and those of users.
 */
export declare function closeness({ path, windowsPath }: ContainerMember): number;
