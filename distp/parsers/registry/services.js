import { isLibraryOfWindows } from '../../model/windows-services.js';
import { decodedCommand } from '../powershell/encoded-command.js';
import { isKnownProgram } from '../common/known-paths.js';
import { gives } from './context.js';
import { anyText, numberOf } from './value.js';
const starts = ['boot', 'system', 'auto', 'demand', 'disabled'];
/** Bits of a service's type. https://learn.microsoft.com/windows/win32/api/winsvc/nf-winsvc-createservicew */
const types = [
    [0x01, 'kernel driver'],
    [0x02, 'file system driver'],
    [0x04, 'adapter'],
    [0x08, 'recognizer driver'],
    [0x10, 'own process'],
    [0x20, 'shared process'],
    [0x40, 'user service'],
    [0x100, 'interactive'],
];
/** A service or driver as its key has it. Keys that are neither (counters of a service, groups) give nothing. */
export function service(key, context) {
    const text = (name) => anyText(key.value(name));
    const type = numberOf(key.value('Type'));
    const image = text('ImagePath');
    const parameters = key.key('Parameters');
    const library = anyText(parameters?.value('ServiceDll') ?? key.value('ServiceDll'));
    if (type === null && image === null && library === null)
        return;
    const start = numberOf(key.value('Start'));
    const account = text('ObjectName');
    const isOwnLibrary = library === null ? null : isLibraryOfWindows(key.name, library);
    const performance = anyText(key.key('Performance')?.value('Library') ?? null);
    const fields = {
        ServiceName: key.name,
        DisplayName: text('DisplayName'),
        ImagePath: image,
        KnownPlace: image === null ? null : String(isKnownProgram(rooted(image))),
        ServiceDll: library,
        StartType: start === null ? null : (starts[start] ?? String(start)),
        ServiceType: type === null ? null : typeWords(type),
        ObjectName: account,
        AccountName: account,
        Description: text('Description'),
        FailureCommand: text('FailureCommand'),
    };
    if (numberOf(key.value('DelayedAutoStart')) === 1 && start === 2)
        fields.StartType = 'delayed auto';
    if (isOwnLibrary !== null)
        fields.LibraryOfWindows = isOwnLibrary;
    if (performance !== null)
        fields.PerformanceLibrary = performance;
    const serviceMain = anyText(parameters?.value('ServiceMain') ?? null);
    if (serviceMain !== null)
        fields.ServiceMain = serviceMain;
    // The library of a service is changed below its key.
    if (parameters && library !== null)
        fields.ParametersLastWrite = parameters.written;
    const application = anyText(parameters?.value('Application') ?? null);
    if (application !== null) {
        // A wrapper (nssm, srvany) starts what its parameters name.
        fields.Application = application;
        fields.AppParameters = anyText(parameters?.value('AppParameters') ?? null);
    }
    const decoded = decodedCommand([fields.ImagePath, fields.FailureCommand, fields.AppParameters].flatMap((line) => typeof line === 'string' ? line : []));
    if (decoded !== null)
        fields.DecodedCommand = decoded;
    context.emit(gives.service, key, { fields, target: key.name, user: account, raw: rawOf(key, fields) });
}
/** Paths that the kernel completes: `\\SystemRoot\\…`, `system32\\drivers\\…`. */
function rooted(image) {
    return image.replace(/^(?:\\SystemRoot\\|(?=(?:system32|syswow64)\\))/i, '%SystemRoot%\\').replace(/^\\\?\?\\/, '');
}
function typeWords(type) {
    const words = types.filter(([bit]) => (type & bit) !== 0).map(([, word]) => word);
    return words.length > 0 ? words.join(', ') : String(type);
}
function rawOf(key, fields) {
    const said = Object.entries(fields).filter(([, value]) => value !== null);
    return `${said.map(([name, value]) => `${name}: ${String(value)}`).join('\n')}\nlast written ${key.written ?? 'at an unknown time'}`;
}
//# sourceMappingURL=services.js.map