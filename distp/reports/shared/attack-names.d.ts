export declare const techniqueNames: Readonly<Record<string, string>>;
