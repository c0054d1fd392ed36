# One image with everything in it: every part of the fabric is the one executable `fabric`.
#
# Online:   docker build -t fabric .
# Offline:  dotnet publish Fabric.Lab -c Release -r linux-x64 --self-contained -o artifacts/image
#           docker build -t fabric --build-arg SDK_BASE=lab/debian:12 --build-arg RUNTIME_BASE=lab/debian:12 \
#             --build-arg PUBLISHED=artifacts/image .
# where lab/debian:12 is any Debian 12 root file system with iproute2, iputils-ping, ethtool and libssl3 that was imported with
# `docker import`. The classic builder makes every stage, hence both bases are arguments and nothing here needs BuildKit.
ARG SDK_BASE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_BASE=debian:12-slim

FROM ${SDK_BASE} AS binaries
# Empty: build from the sources. Else the directory in the context with a self-contained publish of Fabric.Lab.
ARG PUBLISHED=
WORKDIR /source
COPY . .
RUN if [ -n "$PUBLISHED" ]; then cp -a "$PUBLISHED" /opt/fabric; \
    else dotnet publish Fabric.Lab -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" --self-contained -o /opt/fabric; fi \
 && chmod 0755 /opt/fabric/fabric

FROM ${RUNTIME_BASE}
RUN if command -v ip && command -v ping && command -v ethtool && ls /usr/lib/*/libssl.so.3; then exit 0; fi; \
    apt-get update \
 && apt-get install -y --no-install-recommends iproute2 iputils-ping ethtool procps libssl3 ca-certificates \
 && rm -rf /var/lib/apt/lists/*
COPY --from=binaries /opt/fabric /opt/fabric
COPY samples /opt/fabric/samples
RUN ln -s /opt/fabric/fabric /usr/local/bin/fabric && mkdir -p /var/lib/fabric /run/netns
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
WORKDIR /opt/fabric
ENTRYPOINT ["fabric"]
