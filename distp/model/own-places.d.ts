import type { Scan } from './scan.ts';
import type { Artifact } from './evidence.ts';
type Place = Pick<Artifact, 'path' | 'windowsPath' | 'toldBy'> & Partial<Pick<Artifact, 'parser'>>;
/**
 * Where a log or a state of the machine lies, told by the folders around it:
 * own: where Windows, IIS or Exchange write theirs · loose: no folder says where it lay · custom: in some other folder of a
 * drive, as somebody may have set it · elsewhere: where whoever got in writes as he likes, and no product keeps its logs.
 */
export type Standing = 'own' | 'loose' | 'custom' | 'elsewhere';
/** Is this a log or a state that a product keeps in folders of its own? */
export declare function hasOwnPlace({ parser, kinds }: Pick<Artifact, 'parser' | 'kinds'>): boolean;
/** The standing of a file of the evidence, by the outermost folder that tells, and by what it is. */
export declare function standingOf(place: Place): Standing;
/**
 * Does a page lie in a web root of the server itself? Folders of these names within Windows, with the logs or in a profile of a
 * user are none of IIS.
 */
export declare function isInOwnWebRoot({ path, windowsPath, toldBy }: Place): boolean;
/** Is this the web.config of a site or an application of Exchange, which IIS follows, and not of some folder below? */
export declare function isConfigOfApplication({ path, windowsPath, toldBy }: Place): boolean;
/** How much speaks against the place of a log: of two copies the one of which least does counts. */
export declare function doubtOf(scan: Pick<Scan, 'artifact'>): number;
/** Is this a log or a state that lies elsewhere than its product keeps it? */
export declare function isMisplaced({ artifact }: Pick<Scan, 'artifact'>): boolean;
export {};
