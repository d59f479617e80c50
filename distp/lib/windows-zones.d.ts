import { type Zone } from './zones.ts';
/** As `zoneOf`, and the zones that Windows names, such as `W. Europe Standard Time`: they have their IANA name from then on. */
export declare function zoneNamed(name: string): Zone | null;
/** The names of all zones of Windows. */
export declare function windowsZones(): readonly string[];
