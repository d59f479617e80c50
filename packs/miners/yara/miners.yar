/*
    The settings of a miner: a program renamed keeps their form. Our own rules.
*/

rule Postern_Miner_Settings
{
    meta:
        title = "Coin Miner Settings File"
        description = "Detects the settings of XMRig or a program derived from it: pools, a wallet or user, and its own options. Nothing on a mail server mines, and a sample that is kept on purpose is known by its folder."
        author = "Postern"
        license = "Apache-2.0"
        stage = "execution"
        subject = "program"
        sign = "content"
        strength = "strong"
        level = "high"
        falsepositives = "A sample that a security team keeps."
        next = "The wallet and the pool in it identify its operator."
        next = "Look for the program and its settings, and for tasks, services and consumers of WMI events that start it anew."
    strings:
        $pools = /"pools"\s{0,4}:\s{0,4}\[/ nocase ascii wide
        $own1 = "\"donate-level\"" nocase ascii wide
        $own2 = "\"randomx\"" nocase ascii wide
        $own3 = "\"rig-id\"" nocase ascii wide
        $own4 = "\"nicehash\"" nocase ascii wide
        $url = /"url"\s{0,4}:\s{0,4}"/ nocase ascii wide
        $user = /"user"\s{0,4}:\s{0,4}"/ nocase ascii wide
    condition:
        filesize < 256KB and uint16(0) != 0x5A4D and $pools and $url and $user and 2 of ($own*)
}
