// Services that Windows runs in svchost, each with the library that it has there.
/**
 * By the name of the service (in lower case) the names of its libraries in the versions of Windows Server from 2008 R2 on: the registry value
 * ServiceDll of each. Services that products replace (a driver of a hypervisor, a redirector) are not among them.
 */
const libraries = new Map([
    'appidsvc appidsvc.dll',
    'appinfo appinfo.dll',
    'appmgmt appmgmts.dll',
    'apphostsvc apphostsvc.dll',
    'audioendpointbuilder audioendpointbuilder.dll audiosrv.dll',
    'audiosrv audiosrv.dll',
    'bfe bfe.dll',
    'bits qmgr.dll',
    'browser browser.dll',
    'certpropsvc certprop.dll',
    'cryptsvc cryptsvc.dll',
    'dcomlaunch rpcss.dll',
    'dhcp dhcpcore.dll dhcpcsvc.dll',
    'diagtrack diagtrack.dll utc.dll',
    'dnscache dnsrslvr.dll',
    'dot3svc dot3svc.dll',
    'dps dps.dll',
    'eaphost eapsvc.dll',
    'eventlog wevtsvc.dll',
    'eventsystem es.dll',
    'fdphost fdphost.dll',
    'fdrespub fdrespub.dll',
    'fontcache fntcache.dll',
    'gpsvc gpsvc.dll',
    'hidserv hidserv.dll',
    'ikeext ikeext.dll',
    'iphlpsvc iphlpsvc.dll',
    'keyiso keyiso.dll',
    'lanmanserver srvsvc.dll',
    'lanmanworkstation wkssvc.dll',
    'lltdsvc lltdsvc.dll',
    'lmhosts lmhsvc.dll',
    'lsm lsm.dll',
    'mmcss mmcss.dll',
    'mpssvc mpssvc.dll',
    'msiscsi iscsiexe.dll',
    'netman netman.dll',
    'netprofm netprofm.dll netprofmsvc.dll',
    'nlasvc nlasvc.dll',
    'nsi nsisvc.dll',
    'pla pla.dll',
    'plugplay umpnpmgr.dll',
    'policyagent ipsecsvc.dll',
    'power umpo.dll',
    'profsvc profsvc.dll',
    'rasauto rasauto.dll',
    'rasman rasmans.dll',
    'remoteaccess mprdim.dll',
    'remoteregistry regsvc.dll',
    'rpceptmapper rpcepmap.dll',
    'rpcss rpcss.dll',
    'schedule schedsvc.dll',
    'scpolicysvc certprop.dll',
    'seclogon seclogon.dll',
    'sens sens.dll',
    'sessionenv sessenv.dll',
    'sharedaccess ipnathlp.dll',
    'shellhwdetection shsvcs.dll',
    'ssdpsrv ssdpsrv.dll',
    'sstpsvc sstpsvc.dll',
    'swprv swprv.dll',
    'sysmain sysmain.dll',
    'tapisrv tapisrv.dll',
    'themes themeservice.dll',
    'trkwks trkwks.dll',
    'ualsvc ualsvc.dll',
    'umrdpservice umrdp.dll',
    'upnphost upnphost.dll',
    'w32time w32time.dll',
    'w3logsvc w3logsvc.dll',
    'w3svc iisw3adm.dll',
    'was iisw3adm.dll',
    'wdiservicehost wdi.dll',
    'wdisystemhost wdi.dll',
    'wecsvc wecsvc.dll',
    'wercplsupport wercplsupport.dll',
    'wersvc wersvc.dll',
    'winhttpautoproxysvc winhttp.dll',
    'winmgmt wmisvc.dll',
    'winrm wsmsvc.dll',
    'wuauserv wuaueng.dll wuaueng2.dll',
].map((line) => {
    const [service, ...names] = line.split(' ');
    return [service, names];
}));
/** Is it the library that a service of Windows has? Null where Windows has no such service, or none with a library. */
export function isLibraryOfWindows(service, library) {
    const names = libraries.get(service.toLowerCase());
    if (names === undefined)
        return null;
    const path = library.trim().replaceAll('/', '\\').toLowerCase();
    const name = path.slice(path.lastIndexOf('\\') + 1);
    const isPlace = /^(?:[a-z]:\\windows|%(?:systemroot|windir)%|\\systemroot)\\system32\\(?:(?:wbem|inetsrv)\\)?[^\\]+$/.test(path);
    return names.includes(name) && (isPlace || !path.includes('\\'));
}
//# sourceMappingURL=windows-services.js.map