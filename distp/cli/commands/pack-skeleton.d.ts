/** `postern packs new`: the folder of a pack. Returns the files that were written. */
export declare function newPack(folder: string): readonly string[];
/** `postern packs add-rule`: a Sigma rule of a pack, with its samples. Returns the files that were written. */
export declare function addRule(folder: string, rule: string, now: Date): readonly string[];
