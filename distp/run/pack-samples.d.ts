/** What a sample shows of its rule: that it matches, or that it does not. */
export declare const sampleKinds: readonly ['fire', 'quiet'];
export type SampleKind = (typeof sampleKinds)[number];
/** The samples of one kind of a rule of a pack. */
export type SamplesOf = {
    readonly pack: string;
    readonly rule: string;
    readonly kind: SampleKind;
};
/** A file of a sample: its path below `fire` or `quiet`, and the file that has its bytes. */
export type SampleFile = {
    readonly path: string;
    readonly file: string;
};
/** All files of the samples, those that lie elsewhere too, by their paths. */
export declare function sampleFiles(samples: SamplesOf): readonly SampleFile[];
/** What is wrong with the references of a rule's samples. */
export declare function referenceFaults(pack: string, rule: string): readonly string[];
/** Folders whose files are samples of a pack, its own and those that packs share. */
export declare function sampleFolders(pack: string): readonly string[];
/** Files that samples of several packs have in common. */
export declare function sharedSamples(pack: string): string;
/**
 * The folder that holds all files of the samples; of samples that lie elsewhere too, one that is there only while it is
 * used.
 */
export declare function withSampleFolder<T>(samples: SamplesOf, use: (folder: string) => Promise<T>): Promise<T>;
/** Paths of all files below, with `/`, in code-unit order; none where there is no such folder. */
export declare function belowFolder(folder: string): string[];
