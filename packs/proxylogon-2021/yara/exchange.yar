/*
    Files that attacks of this campaign leave, and files that defenders leave. Our own rules.
*/

rule Postern_OAB_Settings_With_Script
{
    meta:
        title = "OAB Virtual Directory Settings with a Script in the URL"
        description = "Detects the dump of an OAB virtual directory that a reset wrote, whose external or internal URL contains markup that IIS would run: the web shell of CVE-2021-27065. Nothing ordinary writes markup into a URL."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        subject = "page"
        sign = "content"
        strength = "decisive"
        level = "critical"
        cve = "CVE-2021-26855"
        cve = "CVE-2021-27065"
        persistence = "web-shell"
        falsepositives = "A defused copy of a web shell that a responder keeps."
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
        title = "OAB Virtual Directory Settings with an Invented URL"
        description = "Detects the dump of an OAB virtual directory whose URL is an invented host, followed by # or nothing. IIS does not send the script of the web shell of CVE-2021-27065 itself, and this remains when it serves the page. Administrators hardly ever set such an address; one who did finds it in the configuration."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        subject = "page"
        sign = "content"
        strength = "strong"
        level = "high"
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
        title = "Virtual Directory with a Script in Its URL"
        description = "Detects an export of settings or of Active Directory with a URL or host name of a virtual directory that contains a script: the poisoned directory itself, which a restore of the server does not repair. Nothing ordinary writes markup into a URL."
        author = "Postern"
        license = "Apache-2.0"
        stage = "persistence"
        subject = "virtual-directory"
        sign = "content"
        strength = "decisive"
        level = "critical"
        cve = "CVE-2021-27065"
        persistence = "vdir"
        falsepositives = "An export from before a repair that a responder keeps."
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
        title = "Compiled Page That Exchange Does Not Have"
        description = "Detects a compilation record of ASP.NET for a page that Exchange does not ship. It is in aspnet_client, owa/auth, ecp/auth, oab or a path without pages (autodiscover, ews, mapi …). The page was requested at least once; the record remains when the page is deleted. Products and administrators put pages there, too, so that the record alone is a weak sign."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        subject = "page"
        sign = "name"
        strength = "weak"
        level = "medium"
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
        title = "Memory Dump of LSASS"
        description = "Detects a minidump whose module list names lsass.exe and its libraries, under any file name. Such a dump is rare, and one for support leaves a support case."
        author = "Postern"
        license = "Apache-2.0"
        stage = "credentials"
        subject = "program"
        sign = "effect"
        strength = "strong"
        level = "high"
        falsepositives = "A dump that Microsoft support or an administrator requested."
        next = "Take the dump. Treat every account that was logged on to this server as known to the attacker."
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
        title = "Rewrite Rules of Microsoft's Mitigation in the IIS Configuration"
        description = "Detects the rules that EOMT or BackendCookieMitigation add to the IIS configuration: they refuse the cookies of CVE-2021-26855. They do not remove what was placed before. They are the work of a defender and never count."
        author = "Postern"
        license = "Apache-2.0"
        cve = "CVE-2021-26855"
        stage = "context"
        subject = "host"
        sign = "content"
        strength = "context"
        level = "informational"
        known = "EOMT or BackendCookieMitigation of Microsoft, run by a defender"
        falsepositives = "Defenders who protect the server."
        next = "See when the rules were put in: the server was still open before, and what was placed before is still there."
    strings:
        $name1 = "X-AnonResource-Backend Abort - inbound" nocase ascii wide
        $name2 = "X-BEResource Abort - inbound" nocase ascii wide
    condition:
        any of them
}
