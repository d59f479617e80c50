/*
    What ransomware leaves: files in its own form, and its note. Our own rules.
*/

rule Postern_DearCry_File
{
    meta:
        title = "File Encrypted by DearCry Ransomware"
        description = "Detects a file that begins with the mark which DearCry writes before what it encrypted. Nothing ordinary writes this mark."
        author = "Postern"
        license = "Apache-2.0"
        stage = "execution"
        subject = "host"
        sign = "effect"
        strength = "decisive"
        level = "critical"
        falsepositives = "Unlikely: no other program writes this mark."
        next = "Find the first such file by its time: the program was started just before."
    condition:
        filesize > 268 and uint32(0) == 0x52414544 and uint32(4) == 0x21595243
}

rule Postern_Ransom_Note
{
    meta:
        title = "Ransom Note"
        description = "Detects a text which says that files were encrypted, asks for contact or money, and says how. Such a text is rare on a server, and a sample that is kept on purpose is known by its folder."
        author = "Postern"
        license = "Apache-2.0"
        stage = "execution"
        subject = "host"
        sign = "content"
        strength = "strong"
        level = "high"
        falsepositives = "A sample or training material that is kept on purpose."
        next = "See whether files beside it bear a new suffix, and when the first was changed."
    strings:
        $done1 = /(your|all|important) (important )?(files|data|documents|network)[^.]{0,60} (were|was|are|have been|has been|is)( [a-z]{4,10})? (stolen and |downloaded and )?(encrypted|locked|crypted)/ nocase ascii wide
        $done2 = /we (have )?(encrypted|hacked|crypted)[^.]{0,40} (your|all)/ nocase ascii wide
        $way1 = /[a-z2-7]{16,56}\.onion/ nocase ascii wide
        $way2 = "bitcoin" nocase ascii wide
        $way3 = /[a-z0-9._-]{3,30}@(airmail\.cc|memail\.com|protonmail\.com|tutanota\.com|cock\.li|gmx\.com|onionmail\.org)/ nocase ascii wide
        $way4 = "tox id" nocase ascii wide
        $way5 = "monero" nocase ascii wide
        $return1 = /(decrypt|restore|recover|return)[^.]{0,40}(files|data|key|documents)/ nocase ascii wide
        $return2 = "decryptor" nocase ascii wide
        $return3 = "decryption" nocase ascii wide
    condition:
        filesize < 32KB and uint16(0) != 0x5A4D and any of ($done*) and any of ($way*) and any of ($return*)
}
