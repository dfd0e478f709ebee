# include yinma.mk, then `make personal-data`; docs/gates/make.md says more.
YINMA ?= yinma
YINMA_PATHS ?= .
YINMA_OPTIONS ?=
YINMA_BASELINE ?= yinma-baseline.ndjson

.PHONY: personal-data personal-data-accept
personal-data:
	$(YINMA) scan --exclude '.git/*' --exclude '*/.git/*' --exclude '*$(YINMA_BASELINE)' \
	    $(if $(wildcard $(YINMA_BASELINE)),--baseline $(YINMA_BASELINE)) $(YINMA_OPTIONS) -- $(YINMA_PATHS)

# What is there now is known from here on; read the file before it is committed.
personal-data-accept:
	$(YINMA) scan --exclude '.git/*' --exclude '*/.git/*' --exclude '*$(YINMA_BASELINE)' --fail-on never \
	    --format baseline:$(YINMA_BASELINE) $(YINMA_OPTIONS) -- $(YINMA_PATHS)
