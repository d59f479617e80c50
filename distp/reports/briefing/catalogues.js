import { de } from './de.js';
import { en } from './en.js';
import { fr } from './fr.js';
import { ja } from './ja.js';
export const catalogues = { en, de, fr, ja };
/** A page as its language is set: French has a space that does not break before its high signs and inside its quotation marks. */
export function typeset(page) {
    return page.language === 'fr' ? french(page) : page;
}
/** The same for a text alone. */
export function typesetText(text, language) {
    return language === 'fr' ? french(text) : text;
}
function french(value) {
    if (typeof value === 'string')
        return value
            .replace(/ ([;?!])/g, '\u202f$1')
            .replace(/ ([:»])/g, '\u00a0$1')
            .replace(/« /g, '«\u00a0');
    if (Array.isArray(value))
        return value.map(french);
    if (typeof value !== 'object' || value === null || 'quoted' in value)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, french(each)]));
}
//# sourceMappingURL=catalogues.js.map