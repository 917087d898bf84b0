/** As much of the client as is used. The types that exist for it lack the transport and the newer options. */
declare module 'ali-oss' {
  interface ClientOptions {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly bucket: string;
    readonly endpoint: string;
    readonly region: string;
    readonly secure: boolean;
    readonly authorizationV4: boolean;
    readonly cname: boolean;
    readonly sldEnable: boolean;
    readonly urllib: object;
  }
  /** Its methods are those of `OssClientLike`. */
  export default class OSS {
    constructor(options: ClientOptions);
  }
}
