#include "core/program_text.h"

#include <stddef.h>

const char *const program_text_endings[] = {
    ".asp", ".aspx", ".bat",   ".c",  ".cc",    ".cpp", ".cs",  ".go", ".h",   ".hpp", ".java",
    ".js",  ".jsp",  ".jsx",   ".kt", ".lua",   ".mjs", ".php", ".pl", ".pm",  ".ps1", ".py",
    ".rb",  ".rs",   ".scala", ".sh", ".swift", ".ts",  ".tsx", ".vb", ".vue", NULL};
