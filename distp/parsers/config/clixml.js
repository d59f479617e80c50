import { ClixmlEvents } from './clixml-objects.js';
import { ObjectReferences, valueOf } from './powershell-object.js';
import { readXml } from './xml-reader.js';
/**
 * Objects that PowerShell serialized: Export-Clixml of any cmdlet, HealthChecker and its data collection. What an object
 * is, its type names say; clixml-events.ts makes events and facts of it.
 * [MS-PSRP] 2.2.5, https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp
 */
export const clixml = {
    name: 'clixml',
    title: 'Objects exported by PowerShell (CLIXML)',
    product: 'any',
    recognise,
    read,
};
const SCHEMA = 'http://schemas.microsoft.com/powershell/2004/04';
function recognise({ text }) {
    return /^\s*(?:#< CLIXML\s+)?(?:<\?xml[^>]*>\s*)?<Objs[\s>]/.test(text) && text.includes(SCHEMA) ? 94 : 0;
}
async function read(source, sink) {
    const names = new ObjectReferences();
    const events = new ClixmlEvents(source, sink);
    const parsed = await readXml(source, sink, {
        whole: (_, parents) => parents.length === 1,
        take: (tag) => {
            if (tag.parents.length !== 1)
                return;
            const value = valueOf(tag.element, names.next(), 0);
            events.take(value, tag);
        },
        depth: 512,
        what: 'objects',
    });
    events.finish();
    return parsed;
}
//# sourceMappingURL=clixml.js.map