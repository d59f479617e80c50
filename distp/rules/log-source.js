/** Does an event come from a log source that the rule asks for? One of its sources must have every property named. */
export function answers(event, rule) {
    return rule.sources.some((wanted) => event.sources.some((source) => covers(source, wanted)));
}
function covers(source, wanted) {
    return (same(source.category, wanted.category) &&
        same(source.product, wanted.product) &&
        same(source.service, wanted.service));
}
function same(has, wanted) {
    return wanted === undefined || has === wanted || has?.toLowerCase() === wanted.toLowerCase();
}
/** Can any evidence that Postern reads answer the rule? The log sources are those of docs/internals/fields.md. */
export function hasSource(rule) {
    return rule.sources.some((wanted) => producedSources.some((source) => covers(withService(source, wanted), wanted)));
}
/** Of Windows and Exchange every service may occur: each channel of the event log, each kind of log. */
function withService(source, wanted) {
    const any = source.service === undefined && wanted.service !== undefined && wanted.product !== undefined;
    return any ? { ...source, service: wanted.service } : source;
}
/** Every log source that some evidence answers to; of Windows and Exchange each service besides. */
export const producedSources = [
    { category: 'webserver' },
    { product: 'windows' },
    { product: 'exchange' },
    { product: 'exchange', category: 'cmdlet' },
    { product: 'iis', service: '' },
    { product: 'postern', service: 'file' },
    { product: 'postern', service: 'iis-config' },
    { product: 'postern', service: 'transport-agents' },
    { product: 'postern', service: 'web-config' },
    { product: 'postern', service: 'exchange-config' },
    { product: 'postern', service: 'aspnet-temp' },
    { product: 'postern', service: 'usn' },
    { product: 'postern', service: 'service' },
    { product: 'postern', service: 'startup' },
    { product: 'postern', service: 'account' },
    { product: 'postern', service: 'task' },
    { product: 'postern', service: 'registry' },
    { product: 'postern', service: 'program' },
    { product: 'postern', service: 'powershell-history' },
    { product: 'postern', service: 'certificate-request' },
    { product: 'postern', service: 'evtx-integrity' },
    { product: 'postern', service: 'tool-result' },
    { product: 'postern', service: 'user-access' },
    ...[
        'process_creation',
        'file_change',
        'network_connection',
        'sysmon_status',
        'process_termination',
        'driver_load',
        'image_load',
        'create_remote_thread',
        'raw_access_thread',
        'process_access',
        'file_event',
        'registry_event',
        'registry_add',
        'registry_delete',
        'registry_set',
        'registry_rename',
        'create_stream_hash',
        'pipe_created',
        'wmi_event',
        'dns_query',
        'file_delete',
        'file_delete_detected',
        'antivirus',
        'clipboard_capture',
        'process_tampering',
        'file_block_executable',
        'file_block_shredding',
        'file_executable_detected',
        'sysmon_error',
        'ps_script',
        'ps_module',
        'ps_classic_start',
        'ps_classic_provider_start',
        'ps_classic_script',
    ].map((category) => ({ category, product: 'windows' })),
];
//# sourceMappingURL=log-source.js.map