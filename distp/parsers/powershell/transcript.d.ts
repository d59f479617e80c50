import type { Parser } from '../parser.ts';
/**
 * Transcripts of PowerShell (Start-Transcript, or the policy that writes one of every session): a head between two lines
 * of asterisks, then prompts with commands and their output. The words of the head are those of the language of the
 * system, their order is not; times are local, without a zone.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.host/start-transcript
 */
export declare const powershellTranscript: Parser;
