import { fieldText } from './event.js';
const LONGEST_TEXT = 16_384;
const PARAMETER = /[-.]([A-Za-z]\w{1,40})(?:[\s:=]{1,3})[({@]{0,2}(?:"([^"]{1,512})"|'{1,2}([^']{1,512})'|([^\s"';,)}-][^\s"';,)}]{0,511}))/g;
/** The value of a parameter of a cmdlet, as events and scripts write it; null where it is not there. */
export function parameterOf(event, name) {
    for (const field of ['Parameters', 'CMD', 'CommandLine', 'ScriptBlockText'])
        for (const [, own, double, single, bare] of (fieldText(event, field)?.slice(0, LONGEST_TEXT) ?? '').matchAll(PARAMETER))
            if (own.toLowerCase() === name.toLowerCase())
                return double ?? single ?? bare ?? null;
    return null;
}
//# sourceMappingURL=cmdlet-parameters.js.map