import type { Compiled } from '../rules/rule.ts';
/** What was found out about rules and packs. `packs`: the content of each `pack.yml`, by the digest of its text. */
export type CompiledPacks = Compiled & {
    readonly packs: ReadonlyMap<string, unknown>;
};
/** Block by block: the text whole and all that is parsed of it at once would take 20 MB in every thread. */
export declare function readCompiled(file?: URL | undefined): CompiledPacks;
/**
 * The bytes of such a file: a line of JSON for each thing that was found out, packed in blocks with their length in front.
 * In the open the texts of rules look like what they search for, and antivirus takes the file away.
 */
export declare function compiledFile({ documents, regexes, yara, packs }: CompiledPacks): Buffer;
export declare const noneCompiled: CompiledPacks;
/** Both together; what the second says counts more. */
export declare function merged(a: CompiledPacks, b: CompiledPacks | undefined): CompiledPacks;
