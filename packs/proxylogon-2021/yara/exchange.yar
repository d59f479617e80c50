/*
    Files that attacks of this campaign leave, and files that defenders leave. Our own rules.
*/

rule Postern_OAB_Settings_With_Script
{
    meta:
        title = "Settings of an OAB virtual directory with a script in the URL"
        description = "The file is the dump of an OAB virtual directory that a reset wrote, and its external or internal URL holds markup that IIS would run: the web shell of CVE-2021-27065."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        level = "critical"
        proves = true
        confidence = "high"
        cve = "CVE-2021-26855"
        cve = "CVE-2021-27065"
        persistence = "web-shell"
        falsepositives = "None is known: a URL holds no markup."
        next = "Read the page as text, not in a browser. Look in the IIS logs for requests to it, and keep its times from the MFT."
        next = "WhenChangedUTC in the file says when the directory was poisoned."
    strings:
        $l1 = "OfflineAddressBooks" ascii wide
        $l2 = "InternalAuthenticationMethods" ascii wide
        $l3 = "ExternalAuthenticationMethods" ascii wide
        $l4 = "MetabasePath" ascii wide
        $l5 = "AdminDisplayVersion" ascii wide
        $l6 = "OriginatingServer" ascii wide
        $l7 = "WhenChangedUTC" ascii wide
        $l8 = "PollInterval" ascii wide
        $url = /(In|Ex)ternalUrl[ \t]{0,60}[:=][^\r\n]{0,400}<[ \t]{0,4}(script|%|object|svg)/ nocase ascii wide
    condition:
        3 of ($l*) and $url
}

rule Postern_OAB_Settings_Served
{
    meta:
        title = "Settings of an OAB virtual directory with a made-up URL"
        description = "The dump of an OAB virtual directory whose URL is a made-up host with a # or nothing behind it. When IIS serves the web shell of CVE-2021-27065 the script itself is not sent, and this is what is left."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        level = "high"
        proves = false
        confidence = "medium"
        cve = "CVE-2021-27065"
        persistence = "web-shell"
        falsepositives = "An administrator who tried out a short address."
        next = "Get the file itself from the disk: what a browser or a scanner saved lacks the script."
    strings:
        $l1 = "OfflineAddressBooks" ascii wide
        $l2 = "InternalAuthenticationMethods" ascii wide
        $l3 = "ExternalAuthenticationMethods" ascii wide
        $l4 = "MetabasePath" ascii wide
        $l5 = "AdminDisplayVersion" ascii wide
        $l6 = "OriginatingServer" ascii wide
        $l7 = "WhenChangedUTC" ascii wide
        $l8 = "PollInterval" ascii wide
        $url = /(In|Ex)ternalUrl[ \t]{0,60}[:=][ \t]{0,60}https?:\/\/[a-z0-9-]{1,12}\/[#?]?[ \t]{0,200}[\r\n]/ nocase ascii wide
        $script = /(In|Ex)ternalUrl[ \t]{0,60}[:=][^\r\n]{0,400}</ nocase ascii wide
    condition:
        3 of ($l*) and $url and not $script
}

rule Postern_Virtual_Directory_With_Script
{
    meta:
        title = "Virtual directory with a script in its URL"
        description = "An export of settings or of Active Directory shows a URL or host name of a virtual directory that holds a script: the poisoned directory itself, which a restore of the server does not heal."
        author = "Postern"
        license = "Apache-2.0"
        stage = "persistence"
        level = "critical"
        proves = true
        confidence = "high"
        cve = "CVE-2021-27065"
        persistence = "vdir"
        falsepositives = "None is known: a URL holds no markup."
        next = "Set the URL anew, and reset the directory. Restoring the server from a backup does not change Active Directory."
    strings:
        $ldap = /msExch(External|Internal)HostName[^\r\n]{0,200}<[ \t]{0,4}(script|%)/ nocase ascii wide
        $name = /N="(External|Internal)Url"[^\r\n]{0,300}(&lt;|<)[ \t]{0,4}(script|%)/ nocase ascii wide
    condition:
        any of them
}

rule Postern_Compiled_Page_Of_Web_Root
{
    meta:
        title = "Compiled page that Exchange does not have"
        description = "A record of ASP.NET names a page in aspnet_client, owa/auth, ecp/auth, oab or a path of Exchange without pages (autodiscover, ews, mapi …) that Exchange does not ship. The page was requested at least once; the record stays when the page is deleted."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        level = "high"
        proves = false
        confidence = "high"
        persistence = "web-shell"
        falsepositives = "A page that another product or an administrator put into this folder."
        next = "Keep the App_Web_*.dll that the record names: it holds the code of the page."
    strings:
        $preserve = /<preserve\s/ ascii wide
        $page = /virtualPath="\/(aspnet_client|owa\/auth|ecp\/auth|oab)\/[^"]{1,200}\.(aspx|ashx|asmx|ascx|cshtml|soap)"/ nocase ascii wide
        // Paths below which Exchange has services and no pages.
        $none = /virtualPath="\/(autodiscover|ews|mapi|rpc|rpcwithcert|powershell|psws|api|pushnotifications|microsoft-server-activesync|exchange|public)\/[^"]{1,200}\.(aspx|ashx|ascx|cshtml|soap)"/ nocase ascii wide
        $own = /virtualPath="\/owa\/auth\/(errorfe|error|error2|expiredpassword|frowny|logoff|logon|outlookcn|redirsuiteserviceproxy|signout|svmfeedback)\.aspx"/ nocase ascii wide
        $own2 = /virtualPath="\/ecp\/auth\/timeoutlogout\.aspx"/ nocase ascii wide
    condition:
        filesize < 64KB and $preserve and ($none or ($page and not $own and not $own2))
}

rule Postern_Lsass_Minidump
{
    meta:
        title = "Memory dump of LSASS"
        description = "A minidump whose module list names lsass.exe and its libraries, whatever the name of the file."
        author = "Postern"
        license = "Apache-2.0"
        stage = "credentials"
        level = "critical"
        proves = false
        confidence = "high"
        falsepositives = "A dump that Microsoft support or an administrator asked for."
        next = "Take the dump. Treat every account that was logged on to this server as known to the intruder."
    strings:
        $lsass = "lsass.exe" nocase wide
        $lsasrv = "lsasrv.dll" nocase wide
        $wdigest = "wdigest.dll" nocase wide
    condition:
        uint32(0) == 0x504d444d and $lsass and any of ($lsasrv, $wdigest)
}

rule Postern_Mitigation_Rewrite_Rules
{
    meta:
        title = "Rewrite rules of Microsoft's mitigation"
        description = "The IIS configuration holds the rules that EOMT or BackendCookieMitigation put in: they refuse the cookies of CVE-2021-26855. They do not remove what was placed before."
        author = "Postern"
        license = "Apache-2.0"
        cve = "CVE-2021-26855"
        stage = "context"
        level = "informational"
        proves = false
        confidence = "high"
        known = "EOMT or BackendCookieMitigation of Microsoft, run by a defender"
        falsepositives = "Defenders at work."
        next = "See when the rules were put in: the server was still open before, and what was placed before is still there."
    strings:
        $name1 = "X-AnonResource-Backend Abort - inbound" nocase ascii wide
        $name2 = "X-BEResource Abort - inbound" nocase ascii wide
    condition:
        any of them
}
