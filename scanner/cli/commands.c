#include "cli/commands.h"

#include "reports/translate.h"

const struct command commands[] = {
    {"scan", FOR_SCAN, N_("[PATH… or -]"),
     N_("find personal data, judge its masks, name the controls that are broken"), scan_command},
    {"guard", FOR_GUARD, "",
     N_("a filter in a pipe: standard input goes to standard output unchanged, and stops before "
        "the "
        "record that breaks a rule"),
     guard_command},
    {"report", FOR_REPORT, N_("FILE…"),
     N_("saved NDJSON results again in another format; several are put together"), report_command},
    {"verify", FOR_VERIFY, N_("[FILE…]"),
     N_("is a ledger whole, are saved results those that were written, is the data as it was"),
     verify_command},
    {"list", FOR_LIST, N_("rules|controls|kinds|formats|zones|severity|glossary"),
     N_("print a catalogue"), list_command},
    {"init", FOR_INIT, N_("[FOLDER]"),
     N_("write a commented yinma.yaml for a folder: zones guessed, retention to be set"),
     init_command},
    {"explain", FOR_EXPLAIN, N_("ID, or --value -"),
     N_("a rule, a kind or a value: what it means, how it is judged, what to do"), explain_command},
    {0},
};
