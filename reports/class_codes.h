/* class_codes.h - the published codes of classes of personal data. */
#ifndef YINMA_REPORTS_CLASS_CODES_H
#define YINMA_REPORTS_CLASS_CODES_H

/* "C001 辨識個人者"; NULL for a kind whose class is not certain: people decide. */
const char *class_code(const char *kind);

#endif
