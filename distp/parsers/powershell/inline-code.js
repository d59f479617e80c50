import { maskXml } from '../../lib/mask-secrets.js';
import { squeezed } from '../../lib/squeeze.js';
/** Script of ASP and ASP.NET: `\u003c% … %>`, `<script \u0072unat="server">`. */
const CODE = /\u003c%|<script\b[^>]{0,256}\b\u0072unat\s{0,9}=|\bexecute\s{0,9}\(\s{0,9}request|\beval\s{0,9}\(\s{0,9}request/i;
/** Does a text hold script that a page handler would run? */
export function holdsScript(text) {
    return CODE.test(text);
}
/**
 * Script in a configuration file: IIS can be told to run `.config` files as pages, with the script behind the
 * configuration or in a comment. https://attack.mitre.org/techniques/T1505/003/
 */
export class InlineCode {
    reader;
    constructor(emit) {
        const code = (text, place, where) => {
            if (!holdsScript(text))
                return;
            const fields = {
                Element: 'inlineCode',
                Where: where,
                HoldsScript: 'true',
                Code: squeezed(maskXml(text), 4096),
                Location: null,
            };
            emit({ ...place, raw: text }, { fields, target: 'script in the configuration' });
        };
        this.reader = {
            comment: (text, place) => code(text, place, 'comment'),
            doctype: (raw, place) => {
                const external = /\b(?:SYSTEM|PUBLIC)\b/.test(raw);
                const fields = {
                    Element: 'documentType',
                    External: String(external),
                    Definition: squeezed(raw, 4096),
                    Location: null,
                };
                emit({ ...place, raw }, { fields, target: 'document type definition' });
            },
            broken: (text, place) => code(text, { ...place, length: Math.max(0, place.length) }, 'behind the configuration'),
        };
    }
}
//# sourceMappingURL=inline-code.js.map