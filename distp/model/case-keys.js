export const nothingElsewhere = { hostile: [], front: [], answers: [] };
/** Most keys of each kind that one server sends: a million entries of an attacker make no more keys. */
export const keyLimits = {
    hostile: 1_000,
    marks: 50,
    holds: 5_000,
    front: 5_000,
    back: 20_000,
    answers: 1_000,
    places: 50_000,
    names: 200,
    /** Characters of a key, and of the text and of a value of an entry. */
    text: 400,
    raw: 8_000,
};
//# sourceMappingURL=case-keys.js.map