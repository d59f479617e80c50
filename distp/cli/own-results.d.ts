/**
 * Names folders in the evidence that look like results of an earlier run. This decides nothing: an intruder can write such a folder,
 * so it is read as evidence like any other unless the user leaves it out.
 */
export declare function notesOnOwnResults(evidence: readonly string[], excluded: readonly string[]): readonly string[];
