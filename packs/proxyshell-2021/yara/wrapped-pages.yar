/*
    Pages inside the wrappers that the cmdlets of ProxyShell write: a mailbox file (PST) and a certificate request. The
    header is the wrapper's, and the text of a page stands behind it. Our own rules.
*/

rule Postern_Mailbox_File_With_Page
{
    meta:
        title = "Mailbox File That Holds a Page"
        description = "Detects a small mailbox file (PST) that contains a page in clear text. An export encodes what it writes, so that text that was encoded before comes out as a page, as ProxyShell makes it. With the name of a page IIS runs it. A mailbox file that is not encoded and holds a mail about such pages looks the same, and its name would show it."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        subject = "page"
        sign = "content"
        strength = "strong"
        level = "high"
        cve = "CVE-2021-31207"
        persistence = "web-shell"
        falsepositives = "A mailbox file that holds a mail about such pages, which has the name of a mailbox file."
        next = "Read the file as text, not in a browser. Look in the IIS logs for requests to it, and keep its times from the MFT."
    strings:
        $script = /<script[^>]{0,80}runat\s{0,4}=\s{0,4}["']?server/ nocase ascii
        $directive = /<%@\s{0,8}(page|webhandler|webservice|control|import|assembly)\b/ nocase ascii
        $code = /<%[^>]{0,200}Request\s{0,4}[.(\[]/ nocase ascii
    condition:
        uint32(0) == 0x4E444221 and filesize < 16MB and any of them
}

rule Postern_Certificate_Request_With_Page
{
    meta:
        title = "Certificate Request That Holds a Page"
        description = "Detects a certificate request in binary form (DER) in whose names a page stands, as New-ExchangeCertificate writes it for an attacker. With the name of a page IIS runs it. No certificate request holds the code of a page."
        author = "Postern"
        license = "Apache-2.0"
        stage = "shell"
        subject = "page"
        sign = "content"
        strength = "decisive"
        level = "critical"
        cve = "CVE-2021-31207"
        persistence = "web-shell"
        falsepositives = "A signed message or sample of an analyst on this server."
        next = "Read the file as text, not in a browser. Look in the IIS logs for requests to it, and keep its times from the MFT."
    strings:
        $script = /<script[^>]{0,80}runat\s{0,4}=\s{0,4}["']?server/ nocase ascii wide
        $directive = /<%@\s{0,8}(page|webhandler|webservice|control|import|assembly)\b/ nocase ascii wide
        $code = /<%[^>]{0,200}Request\s{0,4}[.(\[]/ nocase ascii wide
    condition:
        uint16(0) == 0x8230 and any of them
}
