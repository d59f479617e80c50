import { canonicalJson, canonicalPieces } from '../../lib/json.js';
import { whollyBounded } from '../shared/bounded.js';
/** assessment.json: the whole answer, for programs. */
export const assessmentJson = {
    name: 'json',
    file: 'assessment.json',
    *write(assessment) {
        for (const piece of canonicalPieces(whollyBounded(assessment), 1, 3))
            yield hidden(piece);
        yield '\n';
    },
};
/**
 * Canonical JSON in which `<`, and a bracket that follows a letter, stand as `\u…`: the same data to every reader, but not
 * the bytes of the web shell that a row quotes, so that no virus scanner takes the report away. So do characters that steer
 * a terminal or turn text around when somebody looks at the file. None of them ever stands outside of a string.
 */
export function dataJson(value, indent = 0) {
    return hidden(canonicalJson(value, indent));
}
function hidden(text) {
    return text.replace(/[<\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?<=[A-Za-z])[([]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
//# sourceMappingURL=assessment-json.js.map