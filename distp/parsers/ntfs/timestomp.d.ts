import type { FileTimePlace } from './times.ts';
/**
 * What of the times of a file is seen where they were set by hand. A program can set created, modified and accessed of
 * $STANDARD_INFORMATION; those of $FILE_NAME are the system's, written when the name is made. Unpacked, restored and
 * installed files have old times too, so that none of these proves anything by itself. Both arguments are four times in a
 * row: created, modified, changed (the record), accessed.
 * - `created-before-name`: the file is older than its name, by more than two seconds
 * - `changed-before-name`: so is the last change of its record, which only the system writes
 * - `whole-second`: created without parts of a second: typed in, or of an archive that knows no smaller ones
 * - `all-whole-seconds`: modified and accessed too; what unpacks an archive leaves the accessed time to the system
 */
export declare function timestompSigns(own: FileTimePlace | null, name: FileTimePlace): readonly string[];
/**
 * How likely it is that the times were set by hand. Likely: older than the name, and all three times without parts of a
 * second, or the record's own change set back too. Possible: older than the name and created at a whole second.
 */
export declare function isTimestomped(signs: readonly string[]): 'likely' | 'possible' | null;
