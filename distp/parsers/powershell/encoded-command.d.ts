/**
 * What a command line hides in base64, in the clear: commands behind `-EncodedCommand` of PowerShell (UTF-16, little
 * endian) and texts that are given to `FromBase64String`. Null where nothing of the kind stands there or what stands
 * there is no text.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe
 */
export declare function decodedCommand(line: string | readonly string[] | null | undefined): string | null;
