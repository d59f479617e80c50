/*
    Libraries that the transport service can load (a class of Microsoft.Exchange.Data.Transport that sees every message) and that
    run commands. Texts of .NET are UTF-16, names of classes ASCII. Our own rule.
*/

rule Postern_Transport_Agent_Runs_Commands
{
    meta:
        title = "Transport Agent That Runs Commands"
        description = "Detects a library with a class that sees every message and with what it takes to start a shell. Products that scan or sign mail do so in their own code, and have a vendor and a signature."
        author = "Postern"
        license = "Apache-2.0"
        reference = "https://www.welivesecurity.com/2019/05/07/turla-lightneuron-email-too-far/"
        stage = "persistence"
        subject = "agent"
        sign = "content"
        strength = "strong"
        level = "high"
        persistence = "transport-agent"
        falsepositives = "An agent of the organization that hands messages to a program of its own: ask who wrote it."
        next = "Copy the library with its times before anything is removed; look at its signature and at which messages it looks for."
        next = "See whether agents.config or Get-TransportAgent names it."
    strings:
        $transport = "Microsoft.Exchange.Data.Transport" ascii
        $agent1 = "SmtpReceiveAgent" fullword ascii
        $agent2 = "RoutingAgent" fullword ascii
        $agent3 = "DeliveryAgent" fullword ascii
        $shell1 = "cmd.exe" wide nocase
        $shell2 = "powershell" wide nocase
        $shell3 = "%COMSPEC%" wide nocase
        $start = "ProcessStartInfo" fullword ascii
    condition:
        uint16(0) == 0x5A4D and $transport and any of ($agent*) and any of ($shell*) and $start
}
