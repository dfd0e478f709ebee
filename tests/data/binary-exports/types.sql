/****** Object:  Table [dbo].[t] ******/
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[t](
	[c0] [int] NOT NULL,
	[c1] [nvarchar](10) NULL,
	[c2] [char](10) NULL,
	[c3] [decimal](10,2) NOT NULL,
	[c4] [bit] NULL,
	[c5] [date] NULL,
	[c6] [money] NOT NULL,
	[c7] [datetime2] NULL,
	[c8] [varchar](10) NULL,
	[c9] [float] NOT NULL,
	[c10] [time] NULL,
	[c11] [datetime] NULL,
	[c12] [text] NOT NULL,
	[c13] [smallint] NULL,
	[c14] [datetimeoffset] NULL,
	[c15] [xml] NOT NULL,
	[c16] [nvarchar](max) NULL,
	[c17] [rowversion] NULL,
	[c18] [real] NOT NULL,
	[c19] [uniqueidentifier] NULL,
 CONSTRAINT [PK_c0] PRIMARY KEY CLUSTERED 
(
	[c0] ASC
)WITH (PAD_INDEX = OFF, FILLFACTOR = 90) ON [PRIMARY]
) ON [PRIMARY]
GO
