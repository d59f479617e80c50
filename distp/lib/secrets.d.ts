/**
 * A digest of the beginning of a file. Reports tell digests of whole files; this one they do not tell, and without the file
 * it cannot be recomputed.
 */
export declare function seedOf(bytes: Uint8Array): string;
/** The key of a case: of what was given for it, else of the evidence itself, so that the same evidence gives the same tags. */
export declare function caseKey(given: string | undefined, seeds: readonly (string | undefined)[]): string | null;
/** The tag of a secret in all output; without a key all secrets have the same tag. */
export declare function secretTag(secret: string, key: string | null): string;
/** A text with its secrets replaced by tags. `known`: values that are secrets wherever they occur as words of their own. */
export declare function withoutSecrets(text: string, key: string | null, known?: ReadonlySet<string>): string;
/** The secrets of a text. */
export declare function secretsIn(text: string): string[];
/**
 * A value with the secrets in all its texts replaced. The value of a field with the name of a secret is one itself; `isOurs` names
 * fields whose texts are of the program or its packs.
 */
export declare function valueWithoutSecrets(value: unknown, key: string | null, isOurs?: (name: string) => boolean, known?: ReadonlySet<string>): unknown;
/** Can a secret be distinguished from other words without a name before it? */
export declare function isDistinctSecret(secret: string): boolean;
