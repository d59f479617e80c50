import type { FieldValue } from '../../model/event.ts';
export declare function isSuccess(status: FieldValue | undefined): boolean | null;
export declare const protocolKind: (text: string) => "accounts" | "admin-audit" | "agentlog" | "aspnet-temp" | "autodiscover" | "certificate-requests" | "cmdletinfra-cmdlet" | "cmdletinfra-http" | "cosmosqueue-audit" | "dsc-configuration" | "ecp-activity" | "ecp-server" | "entra-audit" | "entra-signin" | "evtx-integrity" | "ews" | "exchange-config" | "exchange-other" | "files" | "folder-permissions" | "httperr" | "httpproxy-autodiscover" | "httpproxy-eas" | "httpproxy-ecp" | "httpproxy-ews" | "httpproxy-mapi" | "httpproxy-oab" | "httpproxy-owa" | "httpproxy-owacalendar" | "httpproxy-powershell" | "httpproxy-pushnotifications" | "httpproxy-rest" | "httpproxy-rpchttp" | "httpproxy-unknown" | "iis-backend" | "iis-config" | "iis-frontend" | "imap-pop" | "m365-entra" | "m365-exchange" | "m365-mail-access" | "m365-message-trace" | "m365-other" | "m365-signin" | "mailbox-audit" | "mailbox-items" | "mapihttp" | "message-tracking" | "msexchange-management" | "ntfs-index" | "ntfs-mft" | "ntfs-usn" | "oabgenerator" | "owa" | "powershell-history" | "programs" | "quoted-commands" | "registry" | "rpc-client-access" | "rpchttp" | "services" | "smtp-receive" | "smtp-send" | "startup" | "tasks" | "tool-results" | "transport-agents" | "transport-connectivity" | "user-access" | "web-config" | "web-roots" | "windows-application" | "windows-defender" | "windows-edr" | "windows-other" | "windows-powershell" | "windows-security" | "windows-sysmon" | "windows-system" | "windows-taskscheduler";
export declare const folderOf: (text: string) => string | null;
export declare function stemOf(stem: string | null): string;
/** What a query says of the client: the canary of its session, and the device that synchronises. */
export declare function clientOfQuery(query: string | null): {
    readonly Canary: string | null;
    readonly DeviceId: string | null;
};
/** What ties requests of one session together: the canary of ECP or OWA, else the activity id. */
export declare function querySession(query: string): string | null;
export declare const GUID: RegExp;
export declare function filledText(value: FieldValue | undefined): string | null;
