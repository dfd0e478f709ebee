/* attributes.h - attributes of directories whose names do not say it all. */
#ifndef YINMA_DECODE_LDIF_ATTRIBUTES_H
#define YINMA_DECODE_LDIF_ATTRIBUTES_H

#include "core/bytes.h"

enum value_form {
    VALUE_PLAIN,   /* one value */
    VALUE_TEXT,    /* running text */
    VALUE_CALLED,  /* what an entry is commonly called */
    VALUE_NAME,    /* of an entry: cn=林美惠,ou=people,dc=example,dc=tw */
    VALUE_ADDRESS, /* lines with $ between them (RFC 4517, 3.3.28) */
    VALUE_UTF16,   /* unicodePwd of Active Directory: "…" in UTF-16 */
    VALUE_BYTES,   /* pictures, certificates */
};

/* label: what the column is called as well. */
struct ldif_attribute {
    const char *name, *label;
    enum value_form form;
};

/* Of any that has no row. */
extern const struct ldif_attribute ldif_any_attribute;

/* The row of NAME, or that of any. */
const struct ldif_attribute *ldif_attribute(struct bytes name);

#endif
