import { entryOf, isWhole } from './config-sections.js';
import { InlineCode } from '../powershell/inline-code.js';
import { configEvent, readXml } from './xml-reader.js';
/**
 * applicationHost.config and administration.config: the modules that IIS loads into every worker process (native,
 * `globalModules`) or runs for requests (managed, `modules`), handlers and filters, the sites with the folders that they
 * serve, and what is logged. Copies of earlier states (`inetpub\history\CFGHISTORY_…`) are told apart.
 * https://learn.microsoft.com/iis/configuration/system.webserver/globalmodules/
 * https://learn.microsoft.com/iis/configuration/system.applicationhost/
 */
export const iisConfig = {
    name: 'iis-config',
    title: 'IIS configuration',
    product: 'windows',
    recognise,
    read,
};
function recognise(head) {
    const { text } = head;
    if (!/^\s*</.test(text) || !/<configuration[\s>]/.test(text))
        return 0;
    if (/<system\.applicationHost[\s>]|<globalModules[\s>]|<moduleProviders[\s>]/.test(text))
        return 94;
    return /(?:^|[\\/!_-])(?:applicationHost|administration)\.config$/i.test(head.path) ? 90 : 0;
}
const HISTORY = /[\\/]CFGHISTORY_\d+[\\/]/i;
function read(source, sink) {
    const historical = HISTORY.test(source.windowsPath ?? source.path);
    const emit = (tag, { fields, target }) => sink.event(of(configEvent(source, 'iis-config', tag, fields, target), historical));
    const inline = new InlineCode(emit);
    return readXml(source, sink, {
        whole: isWhole,
        take: (tag) => {
            // The defaults of the schema in configSections hold no entries.
            const entry = tag.parents[1]?.name === 'configSections' ? null : entryOf(tag);
            if (entry)
                emit(tag, entry);
        },
        ...inline.reader,
    });
}
/** An earlier state is quoted, it is not what IIS does now. */
function of(event, historical) {
    return historical ? { ...event, fields: { ...event.fields, Historical: 'true' }, snippet: true } : event;
}
//# sourceMappingURL=iis-config.js.map